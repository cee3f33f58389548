import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { preparedAhead } from './ahead.ts';

async function collected<T>(items: AsyncIterable<T>, each: (item: T) => Promise<void> | void): Promise<void> {
	for await (const item of items) await each(item);
}

test('items come in their order, prepared while those before are in use', async () => {
	const said: string[] = [];
	const prepare = async (n: number) => {
		await sleep(1);
		said.push(`prepared ${n}`);
		return n;
	};
	await collected(preparedAhead([1, 2, 3], prepare), async (n) => {
		await sleep(20);
		said.push(`used ${n}`);
	});
	expect(said).toEqual(['prepared 1', 'prepared 2', 'prepared 3', 'used 1', 'used 2', 'used 3']);
});

test('what cannot be prepared is said in its turn, and nothing behind it begins', async () => {
	const used: number[] = [];
	const begun: number[] = [];
	const prepare = (n: number) => {
		begun.push(n);
		return n === 2 ? Promise.reject(new Error('The file of 2 is missing.')) : Promise.resolve(n);
	};
	const reading = collected(preparedAhead([1, 2, 3], prepare), (n) => void used.push(n));
	await expect(reading).rejects.toThrow('The file of 2 is missing.');
	expect(used).toEqual([1]);
	expect(begun).toEqual([1, 2]);
});

test('whoever stops early waits for what is being prepared', async () => {
	const done: number[] = [];
	const prepare = async (n: number) => {
		await sleep(10);
		done.push(n);
		return n;
	};
	const reading = collected(preparedAhead([1, 2, 3, 4], prepare), () => {
		throw new Error('The disk is full.');
	});
	await expect(reading).rejects.toThrow('The disk is full.');
	const after = done.length;
	await sleep(50);
	expect(done).toHaveLength(after);
});
