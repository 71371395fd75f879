export { InterceptionPage as Component } from './interception-page';
