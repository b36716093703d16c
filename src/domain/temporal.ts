/** The one place that imports the Temporal polyfill, so that it can go when every runtime has Temporal built in. */
export { Temporal } from 'temporal-polyfill';
