/** Makes ECharts' SVG fit for a page: no style element or attribute (a strict policy refuses both), no ids that another picture has, nothing needless. */

/** `prefix` must be unique on the page: ids of patterns and clips start with it. */
export function cleanSvg(svg: string, prefix: string): string {
	return (
		svg
			// Every scale holds its values, so nothing needs clipping.
			.replace(/<clipPath[\s\S]*?<\/clipPath>| clip-path="[^"]*"/g, '')
			.replace(/<style[\s\S]*?<\/style>/g, '')
			.replace(/<rect [^>]*fill="none"><\/rect>/, '')
			.replace(/ (?:class|ecmeta_\w+|xmlns|xmlns:\w+|version|baseProfile|pointer-events|xml:space)="[^"]*"/g, '')
			.replace(/ style="([^"]*)"/g, (_, style: string) => attributes(style))
			.replace(/( id="|url\(#)zr\w*?-([a-z]+\d+)/g, `$1${prefix}-$2`)
			.replace(/(\d+\.\d{2})\d+/g, '$1')
			.replace(/<defs\s*>\s*<\/defs>/g, '')
			// As a browser writes them, so that the markup it reads back is the same.
			.replace(/&#39;/g, "'")
			.replace(/>\s+</g, '><')
			.trim()
	);
}

/** Declarations as presentation attributes; the family is inherited from the page. */
function attributes(style: string): string {
	return style
		.split(';')
		.map((declaration) => declaration.split(':').map((part) => part.trim()))
		.filter(([name, value]) => name && value && /^(?:font-size|font-weight|font-style|paint-order|fill-opacity|stroke-opacity)$/.test(name))
		.map(([name, value]) => ` ${name}="${value}"`)
		.join('');
}
