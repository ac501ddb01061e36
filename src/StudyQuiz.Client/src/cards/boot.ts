import { tellZone } from '../common/zone';

/** The shell is the same for everyone and says nothing about anybody: how its reader likes pages comes from cookies. Imported first. */
const chosen = (name: string) => new RegExp(`(?:^|; )(?:__Host-)?${name}=([^;]*)`).exec(document.cookie)?.[1];

const root = document.documentElement;
root.lang = chosen('lang') ?? (navigator.language.startsWith('en') ? 'en' : 'zh-CN');
const theme = chosen('theme');
if (theme && theme !== 'system') root.dataset.theme = theme;
const text = chosen('text');
if (text && text !== 'm') root.dataset.text = text;
tellZone();
