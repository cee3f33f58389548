/** Words of the sign-in page. Chinese is the shape that every other language fills. */
export const zh = {
	login: {
		title: '选择身份',
		intro: '看到的数据由语义层按所选角色的权限给出。',
		enter: '进入',
		member: '身份所属',
		away: '语义层没有回应，暂时列不出大区、门店和人员。看全部数据的角色仍可进入；其他角色请稍后重新打开本页。',
		notReady: '数据还没有准备好，暂时列不出大区和门店。等刷新完成后再打开本页。'
	}
};

export type LoginWords = typeof zh;
