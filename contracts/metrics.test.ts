import { expect, test } from 'vitest';
import { RequestMetrics, gauges } from './metrics.ts';

test('requests are counted by route and status, times by bucket', () => {
	const metrics = new RequestMetrics('web');
	for (const seconds of [0.004, 0.3, 20]) metrics.add('/funnel', 'GET', 200, seconds);
	metrics.add('/"x"', 'POST', 503, 0.1);
	const text = metrics.text();
	expect(text).toContain('onelane_web_requests_total{route="/funnel",method="GET",status="200"} 3\n');
	expect(text).toContain('onelane_web_requests_total{route="/\\"x\\"",method="POST",status="503"} 1\n');
	expect(text).toContain('onelane_web_request_seconds_bucket{route="/funnel",le="0.01"} 1\n');
	expect(text).toContain('onelane_web_request_seconds_bucket{route="/funnel",le="0.5"} 2\n');
	expect(text).toContain('onelane_web_request_seconds_bucket{route="/funnel",le="+Inf"} 3\n');
	for (const line of text.trim().split('\n')) expect(line).toMatch(/^(# (TYPE|HELP) |[a-z_]+\{[^\n]*\} [\d.]+$)/);
});

test('figures of one name have one head', () => {
	const gauge = { name: 'onelane_up', help: 'Up.', value: 1 };
	expect(
		gauges([
			{ ...gauge, labels: { server: 'a' } },
			{ ...gauge, labels: { server: 'b' }, value: 0 }
		])
	).toBe('# HELP onelane_up Up.\n# TYPE onelane_up gauge\nonelane_up{server="a"} 1\nonelane_up{server="b"} 0\n');
});
