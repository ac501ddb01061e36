import { makeText } from '../../common/language';
import { editorEn } from '../../text/editor.en';
import { editorZh } from '../../text/editor.zh-CN';
import { en } from '../../text/en';
import { zh } from '../../text/zh-CN';

/** What the question editor says. */
export const { rich, t } = makeText<keyof typeof editorZh | keyof typeof zh>({ ...zh, ...editorZh }, { ...en, ...editorEn });
