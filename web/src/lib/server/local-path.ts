/** A path of this site to go back to; anything that could lead elsewhere becomes the start page. */
export function localPath(value: unknown): string {
	if (typeof value !== 'string' || !/^\/(?![/\\])/.test(value) || /[\u0000-\u001f\\]/.test(value)) return '/';
	return value;
}
