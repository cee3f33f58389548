/** Vehicle identification numbers with a valid check digit (ISO 3779, as used in China by GB 16735). */
import { Random } from './random.ts';

const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';
const VALUES = [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9];
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const YEARS: Record<number, string> = { 2024: 'R', 2025: 'S', 2026: 'T' };

function valueOf(character: string): number {
	const letter = LETTERS.indexOf(character);
	return letter < 0 ? Number(character) : (VALUES[letter] as number);
}

/** The ninth character that makes the number valid, whatever stands there now. */
export function checkDigit(number: string): string {
	let sum = 0;
	for (let index = 0; index < 17; index += 1) sum += (WEIGHTS[index] as number) * (index === 8 ? 0 : valueOf(number[index] as string));
	const rest = sum % 11;
	return rest === 10 ? 'X' : String(rest);
}

/** A number of its own for each order: the serial part is taken from the order's id. */
export function vin(seed: number, order_id: string, model_year: number): string {
	const random = new Random(seed, 'vin', order_id);
	const model = Array.from({ length: 5 }, () => LETTERS[random.int(0, LETTERS.length - 1)]).join('');
	const raw = `LZ9${model}0${YEARS[model_year] ?? 'S'}A${order_id.slice(-6).padStart(6, '0')}`;
	return raw.slice(0, 8) + checkDigit(raw) + raw.slice(9);
}
