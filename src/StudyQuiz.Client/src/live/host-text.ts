import { makeText } from '../common/language';
import { en } from '../text/en';
import { hostEn } from '../text/host.en';
import { hostZh } from '../text/host.zh-CN';
import { zh } from '../text/zh-CN';

const texts = { ...zh, ...hostZh };

export type HostKey = keyof typeof texts;

/** What projector and remote say: a player's page does not carry it. */
export const { rich, t } = makeText<HostKey>(texts, { ...en, ...hostEn });
