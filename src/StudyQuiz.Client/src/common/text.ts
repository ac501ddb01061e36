import { en } from '../text/en';
import { zh } from '../text/zh-CN';
import { makeText } from './language';

export { language, number, seconds, share, sourceLang } from './language';

export type TextKey = keyof typeof zh;

/** What the quiz and the live screens say. */
export const { rich, t } = makeText<TextKey>(zh, en);
