/** The words of all pages in both languages: for the server, which composes answers and files and knows the language with the request. */
import type { Locale } from '../format.ts';
import { en as answerEn } from './answer/en.ts';
import { type AnswerWords, zh as answerZh } from './answer/zh-CN.ts';
import { en as cockpitEn } from './cockpit/en.ts';
import { type CockpitWords, zh as cockpitZh } from './cockpit/zh-CN.ts';
import { en as frameEn } from './en.ts';
import { en as funnelEn } from './funnel/en.ts';
import { type FunnelWords, zh as funnelZh } from './funnel/zh-CN.ts';
import { en as loginEn } from './login/en.ts';
import { type LoginWords, zh as loginZh } from './login/zh-CN.ts';
import { type Messages, zh as frameZh } from './zh-CN.ts';

export type AllMessages = Messages & AnswerWords & CockpitWords & FunnelWords & LoginWords;

export const messages: Record<Locale, AllMessages> = {
	'zh-CN': { ...frameZh, ...answerZh, ...cockpitZh, ...funnelZh, ...loginZh },
	en: { ...frameEn, ...answerEn, ...cockpitEn, ...funnelEn, ...loginEn }
};
