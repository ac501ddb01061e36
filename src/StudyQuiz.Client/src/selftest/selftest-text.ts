import { makeText } from '../common/language';
import { en } from '../text/en';
import { selfTestEn } from '../text/selftest.en';
import { selfTestZh } from '../text/selftest.zh-CN';
import { zh } from '../text/zh-CN';

const texts = { ...zh, ...selfTestZh };

/** What self-tests say: a player's page does not carry it. */
export const { rich, t } = makeText<keyof typeof texts>(texts, { ...en, ...selfTestEn });
