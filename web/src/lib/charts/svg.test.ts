import { expect, test } from 'vitest';
import { cleanSvg } from './svg.ts';

test('styles become attributes, ids get their prefix, the rest goes', () => {
	const svg = cleanSvg(
		`<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="10" height="10" viewBox="0 0 10 10">
<rect width="10" height="10" x="0" y="0" fill="none"></rect>
<path d="M0.123456 1" fill="url(#zr12-p0)" class="zr12-cls-0" ecmeta_series_index="0"></path>
<text style="font-size:12px;font-family:inherit;font-weight:600;" transform="translate(1 2)">zr0-p0 is a name</text>
<defs >
<pattern id="zr12-p0"></pattern>
</defs>
<style ><![CDATA[.zr12-cls-0:hover{cursor:pointer}]]></style>
</svg>`,
		'trend-300'
	);
	expect(svg).toBe(
		'<svg width="10" height="10" viewBox="0 0 10 10"><path d="M0.12 1" fill="url(#trend-300-p0)"></path>' +
			'<text font-size="12px" font-weight="600" transform="translate(1 2)">zr0-p0 is a name</text>' +
			'<defs ><pattern id="trend-300-p0"></pattern></defs></svg>'
	);
});
