/** Words of the sign-in page. Chinese is the shape that every other language fills. */
export const zh = {
	login: {
		title: '选择身份',
		intro: '演示环境：选一个角色进入，看到的数据由语义层按该角色的权限给出。',
		enter: '进入',
		member: '身份所属',
		closedTitle: '需要登录',
		closed: '此服务没有开放演示登录。请用管理员发给你的链接登录。',
		closedHint: '演示登录只在本机可用：在服务器本机打开，并以 serve --demo-login 启动。',
		notReady: '数据还没有准备好，暂时列不出大区和门店。等刷新完成后再打开本页。',
		badRole: '没有认出这个身份，请重新选择。'
	}
};

export type LoginWords = typeof zh;
