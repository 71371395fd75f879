export { KeysPage as Component } from './keys-page';
