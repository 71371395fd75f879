export { createFetching, type Fetching, type StartOptions } from './fetching';
export { createSdkHolder } from './sdk-holder';
