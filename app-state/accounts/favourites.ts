/** Passwords that are nothing but favourites one after the other, such as "woaini1314520": too many to list, and the first that are guessed. */

/** Words in pinyin, on the keyboard and of signing in that passwords are made of. */
const WORDS = [
	...['woaini', 'woaiwo', 'woaiziji', 'woaiwojia', 'woaibaba', 'woaimama', 'woaizhongguo', 'woxiangni', 'woxihuanni', 'nishiwode', 'aini'],
	...['wodemima', 'womima', 'mima', 'mimashi', 'zhanghao', 'denglu', 'guanliyuan', 'ceshi', 'wangji', 'wodejia', 'woshishui', 'woshini'],
	...['nihao', 'nihaoma', 'dajiahao', 'zhongguo', 'beijing', 'shanghai', 'guangzhou', 'shenzhen', 'qinaide', 'baobei', 'baobao', 'laopo'],
	...['laogong', 'laoda', 'laoban', 'kuaile', 'xingfu', 'jiayou', 'facai', 'fadacai', 'gongxifacai', 'pingan', 'shengri', 'shengrikuaile'],
	...['yisheng', 'yishengyishi', 'yongyuan', 'tiantian', 'wangwang', 'haha', 'hehe', 'caonima', 'nimade', 'qiche', 'maiche', 'woaiche'],
	...[
		'iloveyou',
		'iloveu',
		'loveyou',
		'loveu',
		'love',
		'welcome',
		'hello',
		'admin',
		'administrator',
		'root',
		'user',
		'test',
		'guest',
		'login'
	],
	...['password', 'passw0rd', 'passwd', 'pass', 'qqmima', 'weixin', 'wechat', 'taobao', 'alipay', 'zhifubao', 'baidu', 'huawei', 'xiaomi'],
	...[
		'abcd',
		'abcde',
		'abcdef',
		'abcdefg',
		'qwer',
		'qwert',
		'qwerty',
		'qwertyuiop',
		'asdf',
		'asdfg',
		'asdfgh',
		'asdfghjkl',
		'zxcv',
		'zxcvb'
	],
	...['zxcvbn', 'zxcvbnm', 'qazwsx', 'qazwsxedc', '1qaz', '2wsx', '3edc', '1q2w', '1q2w3e', '1q2w3e4r']
];

/** Numbers that sound like words ("I love you", "all my life", "get rich"), or that lie on the keys in a row. */
const NUMBERS = [
	...[
		'520',
		'521',
		'1314',
		'201314',
		'5201314',
		'1314520',
		'5211314',
		'1314521',
		'3344',
		'5203344',
		'3344520',
		'584520',
		'7758521',
		'7758258'
	],
	...['168', '1688', '518', '5188', '918', '198', '886', '110', '119', '120', '10086', '12306', '147258', '147258369', '258369', '741852'],
	...[
		'741852963',
		'159357',
		'159753',
		'789456',
		'789456123',
		'112233',
		'123321',
		'1234321',
		'121212',
		'123123',
		'112358',
		'246810',
		'135790'
	]
];

const RUNS = ['01234567890', '09876543210'].flatMap((row) =>
	Array.from({ length: row.length }, (_, from) =>
		Array.from({ length: row.length - from - 1 }, (_, more) => row.slice(from, from + more + 2))
	).flat()
);

/** One digit again and again, a year, a day of birth. */
const SHAPES = [
	...Array.from({ length: 10 }, (_, digit) => `${digit}{2,}`),
	'(?:19|20)\\d\\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01]))?'
];

/** Initials, "qq". */
const FEW_LETTERS = '[a-z]{1,3}';

export const MOST_PIECES = 3;

const pieces = [...WORDS, ...NUMBERS, ...RUNS, ...SHAPES, FEW_LETTERS].join('|');
const FAVOURITES = new RegExp(`^(?:(?:${pieces})[^\\p{L}\\p{N}]*){1,${MOST_PIECES}}$`, 'u');

/** @param normal in small letters */
export const isMadeOfFavourites = (normal: string): boolean => FAVOURITES.test(normal);
