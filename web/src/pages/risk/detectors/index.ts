export { DetectorsPage as Component } from './detectors-page';
