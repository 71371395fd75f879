export { SpotCheckPage as Component } from './spot-check-page';
