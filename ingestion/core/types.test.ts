import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import type { PlainType } from './fields.ts';
import { layered, list, literal } from './sql.ts';
import { typedLayers } from './types.ts';

async function values(type: PlainType, texts: string[], timezone = 'UTC'): Promise<Record<string, unknown>> {
	const instance = await DuckDBInstance.create(':memory:');
	const connection = await instance.connect();
	await connection.run(`set TimeZone = 'UTC'`);
	const rows = texts.map((text, i) => `(${i}, ${literal(text)})`).join(', ');
	const layers = typedLayers(type, 't', timezone);
	const reader = await connection.runAndReadAll(
		`with source as (select * from (values ${rows}) v(i, t)), ${list(layered(layers, 'source'))} select t, t_v::varchar from l${layers.length - 1} order by i`
	);
	connection.closeSync();
	instance.closeSync();
	return Object.fromEntries(reader.getRows() as [string, unknown][]);
}

test('a time without offset is read in the zone of the source, one with an offset as it says', async () => {
	expect(
		await values(
			'timestamp',
			[
				'2026-05-31 14:05:00',
				'2026-05-31T14:05:00.250',
				'2026-05-31T14:05:00Z',
				'2026-05-31 14:05:00+08:00',
				'2026-05-31 14:05:00 +0530',
				'2026-05-31',
				'2026/05/31 14:05',
				'2026-5-1 9:05'
			],
			'Asia/Shanghai'
		)
	).toEqual({
		'2026-05-31 14:05:00': '2026-05-31 06:05:00',
		'2026-05-31T14:05:00.250': '2026-05-31 06:05:00.25',
		'2026-05-31T14:05:00Z': '2026-05-31 14:05:00',
		'2026-05-31 14:05:00+08:00': '2026-05-31 06:05:00',
		'2026-05-31 14:05:00 +0530': '2026-05-31 08:35:00',
		// A bare date is midnight in the zone.
		'2026-05-31': '2026-05-30 16:00:00',
		'2026/05/31 14:05': '2026-05-31 06:05:00',
		'2026-5-1 9:05': '2026-05-01 01:05:00'
	});
});

test('an hour that daylight saving left out or had twice loses no row', async () => {
	const found = await values('timestamp', ['2017-10-15', '2017-10-15 00:30:00', '2018-02-17 23:30:00'], 'America/Sao_Paulo');
	expect(found).toEqual({
		'2017-10-15': '2017-10-15 03:00:00',
		'2017-10-15 00:30:00': '2017-10-15 03:30:00',
		'2018-02-17 23:30:00': '2018-02-18 02:30:00'
	});
});

test('what is no time is null', async () => {
	const wrong = ['2026-02-30 10:00:00', 'yesterday', 'infinity', '1026-05-31', '20260531', '1780000000'];
	expect(Object.values(await values('timestamp', wrong, 'Asia/Shanghai'))).toEqual(wrong.map(() => null));
});

test('whole numbers, amounts, booleans and dates', async () => {
	expect(await values('integer', ['12', '-3', '12.0', '1.5', '1e3', '1,000'])).toEqual({
		'12': '12',
		'-3': '-3',
		'12.0': '12',
		'1.5': null,
		'1e3': null,
		'1,000': null
	});
	expect(await values('decimal', ['12', '12.5', '12.500', '-0.01', '12.345', '1e3', '99999999999999999'])).toEqual({
		'12': '12.00',
		'12.5': '12.50',
		'12.500': '12.50',
		'-0.01': '-0.01',
		'12.345': null,
		'1e3': null,
		'99999999999999999': null
	});
	expect(await values('boolean', ['true', 'TRUE', '1', 'no', '否', 'maybe'])).toEqual({
		true: 'true',
		TRUE: 'true',
		'1': 'true',
		no: 'false',
		否: 'false',
		maybe: null
	});
	expect(await values('date', ['2026-05-31', '2026/05/31', '2026-02-30', 'infinity'])).toEqual({
		'2026-05-31': '2026-05-31',
		'2026/05/31': '2026-05-31',
		'2026-02-30': null,
		infinity: null
	});
});
