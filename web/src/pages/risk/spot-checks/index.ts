export { SpotChecksPage as Component } from './spot-checks-page';
