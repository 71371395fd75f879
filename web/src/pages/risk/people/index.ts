export { PeoplePage as Component } from './people-page';
