/** "1 lead", "8,412 leads" */
export function some(count: string, noun: string): string {
	return `${count} ${noun}${count === '1' ? '' : 's'}`;
}
