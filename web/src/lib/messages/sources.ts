/** What readers call the sources that onelane knows; one of a brand's own is called as its configuration calls it. */
import type { Locale } from '../format.ts';

const NAMES: Record<string, Record<Locale, string>> = {
	ads: { 'zh-CN': '广告平台', en: 'Ad platforms' },
	callcenter: { 'zh-CN': '呼叫中心', en: 'Call centre' },
	crm: { 'zh-CN': '客户管理（CRM）', en: 'CRM' },
	dms: { 'zh-CN': '经销商管理（DMS）', en: 'DMS' },
	landing: { 'zh-CN': '入库记录', en: 'Landing log' },
	reference: { 'zh-CN': '基础资料', en: 'Reference data' },
	verticals: { 'zh-CN': '汽车垂直媒体', en: 'Car portals' },
	web: { 'zh-CN': '官网', en: 'Website' }
};

export const sourceName = (source: string, locale: Locale): string => NAMES[source]?.[locale] ?? source;
