export { transport } from '#lib/charts/transport.ts';
