/** A path of this site to go back to; anything that could lead elsewhere becomes the start page. */
export function localPath(value: unknown): string {
	if (typeof value !== 'string' || !value.startsWith('/') || value.startsWith('//')) return '/';
	// Browsers drop control characters and take a backslash for a slash.
	const isPlain = [...value].every((letter) => letter > ' ' && letter !== '\\');
	return isPlain ? value : '/';
}
