/** What stands in the filters' panels: loaded together when somebody turns to them, rendered by the server for browsers without script. */
export { default as Compare } from './ComparePanel.svelte';
export { default as Members } from './MemberList.svelte';
export { default as Period } from './PeriodPanel.svelte';
export { default as Places } from './PlacePicker.svelte';
export { default as Views } from './ViewsPanel.svelte';
