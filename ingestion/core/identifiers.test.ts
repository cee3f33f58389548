import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import type { ProtectedType } from './fields.ts';
import { identifierLayers, MASKED, STATUS, VALUE } from './identifiers.ts';
import { layered, list, literal } from './sql.ts';

const RULES = { relayPrefixes: ['95', '400'], scope: 'crm' };

/** [value, status, masked] of each text. */
async function normalise(type: ProtectedType, texts: (string | null)[]): Promise<unknown[][]> {
	const instance = await DuckDBInstance.create(':memory:');
	const connection = await instance.connect();
	const rows = texts.map((text, i) => `(${i}, ${text === null ? 'null::varchar' : literal(text)})`).join(', ');
	const layers = identifierLayers(type, 't', RULES);
	const reader = await connection.runAndReadAll(
		`with source as (select * from (values ${rows}) v(i, t)), ${list(layered(layers, 'source'))} select t${VALUE}, t${STATUS}, t${MASKED} from l${layers.length - 1} order by i`
	);
	const found = reader.getRows();
	connection.closeSync();
	instance.closeSync();
	return found;
}

/** Rows of text, expected value, status and masked form. */
function table(type: ProtectedType, rows: [text: string | null, value: string | null, status: string | null, masked: string | null][]) {
	test(type, async () => {
		const found = await normalise(
			type,
			rows.map(([text]) => text)
		);
		expect(found.map((row, i) => [rows[i]?.[0], ...row])).toEqual(rows);
	});
}

describe('identifiers are normalised, judged and masked', () => {
	table('phone', [
		[null, null, null, null],
		['13912345678', '+8613912345678', 'ok', '139****5678'],
		['139 1234 5678', '+8613912345678', 'ok', '139****5678'],
		['139-1234-5678', '+8613912345678', 'ok', '139****5678'],
		['+86 139 1234 5678', '+8613912345678', 'ok', '139****5678'],
		['+86-13912345678', '+8613912345678', 'ok', '139****5678'],
		['008613912345678', '+8613912345678', 'ok', '139****5678'],
		['8613912345678', '+8613912345678', 'ok', '139****5678'],
		['（139）12345678', '+8613912345678', 'ok', '139****5678'],
		['１３９１２３４５６７８', '+8613912345678', 'ok', '139****5678'],
		// Virtual operators' numbers belong to real people.
		['17012345678', '+8617012345678', 'ok', '170****5678'],
		['16512345678', '+8616512345678', 'ok', '165****5678'],
		['16712345678', '+8616712345678', 'ok', '167****5678'],
		// Landlines.
		['010-62345678', '+861062345678', 'ok', '106****5678'],
		['0755 8234 5678', '+8675582345678', 'ok', '755****5678'],
		['+86 755 82345678', '+8675582345678', 'ok', '755****5678'],
		// Other countries.
		['+44 20 7946 0958', '+442079460958', 'ok', '+44****58'],
		['0033123456789', '+33123456789', 'ok', '+33****89'],
		// Relays: an extension, or a platform's prefix.
		['17012345678-1234', '+8617012345678x1234', 'relay', '170****5678x****'],
		['17012345678转1234', '+8617012345678x1234', 'relay', '170****5678x****'],
		['17012345678,1234', '+8617012345678x1234', 'relay', '170****5678x****'],
		['170-1234-5678 ext 12', '+8617012345678x12', 'relay', '170****5678x****'],
		['95013123456789', '+8695013123456789', 'relay', '950****6789'],
		['9501312345678901', '+869501312345678901', 'relay', '950****8901'],
		['+8613800138000', '+8613800138000', 'placeholder', '138****8000'],
		['400-820-8820', '+864008208820', 'relay', '400****8820'],
		// Typed to get past the form.
		['13800138000', '+8613800138000', 'placeholder', '138****8000'],
		['11111111111', '11111111111', 'placeholder', '****11'],
		['13888888888', '+8613888888888', 'placeholder', '138****8888'],
		['12345678901', '12345678901', 'placeholder', '****01'],
		['00000000000', '00000000000', 'placeholder', '****00'],
		// Impossible ones.
		['12912345678', '12912345678', 'invalid', '****78'],
		['1391234567', '1391234567', 'invalid', '****67'],
		['139123456789', '139123456789', 'invalid', '****89'],
		['abc', 'abc', 'invalid', '****'],
		['13912345678a', '13912345678a', 'invalid', '****8a']
	]);
	table('email', [
		[null, null, null, null],
		['Wang.Xiao@Mail.CN', 'wang.xiao@mail.cn', 'ok', 'w***@mail.cn'],
		['a ＠b.com', 'a@b.com', 'ok', 'a***@b.com'],
		['no at sign', 'noatsign', 'invalid', '****'],
		['a@b', 'a@b', 'invalid', 'a***@b'],
		['test@qq.com', 'test@qq.com', 'placeholder', 't***@qq.com'],
		['someone@example.com', 'someone@example.com', 'placeholder', 's***@example.com']
	]);
	table('vin', [
		[null, null, null, null],
		['1M8GDM9AXKP042788', '1M8GDM9AXKP042788', 'ok', '1M8**********2788'],
		['1m8gdm9axkp042788', '1M8GDM9AXKP042788', 'ok', '1M8**********2788'],
		['5GZCZ43D13S812715', '5GZCZ43D13S812715', 'ok', '5GZ**********2715'],
		['1M8GDM9A1KP042788', '1M8GDM9A1KP042788', 'invalid', '1M8**********2788'],
		['1M8GDM9AXKP04278', '1M8GDM9AXKP04278', 'invalid', '****'],
		['IM8GDM9AXKP042788', 'IM8GDM9AXKP042788', 'invalid', 'IM8**********2788'],
		['11111111111111111', '11111111111111111', 'placeholder', '111**********1111']
	]);
	table('person_name', [
		[null, null, null, null],
		['王小明', '王小明', 'ok', '王**'],
		['李四', '李四', 'ok', '李*'],
		['Ann   Smith', 'Ann Smith', 'ok', 'A**'],
		['先生', '先生', 'placeholder', '先*'],
		['Test', 'Test', 'placeholder', 'T**'],
		['12', '12', 'invalid', '1*']
	]);
	table('openid', [
		[null, null, null, null],
		['wxapp:oAbCdEf12345', 'wxapp:oAbCdEf12345', 'ok', 'wxapp:oAbC****'],
		['oAbCdEf12345', 'crm:oAbCdEf12345', 'ok', 'crm:oAbC****'],
		['wxapp:null', 'wxapp:null', 'placeholder', 'wxapp:****']
	]);
	table('device_id', [
		['ABCDEF01-2345', 'abcdef01-2345', 'ok', 'abcd****'],
		['00000000-0000-0000', '00000000-0000-0000', 'placeholder', '0000****']
	]);
	table('anonymous_id', [
		['AbC-9876543', 'AbC-9876543', 'ok', 'AbC-****'],
		['undefined', 'undefined', 'placeholder', 'unde****'],
		['x', 'x', 'invalid', '****']
	]);
});
