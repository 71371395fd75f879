export { CorpTagsPage as Component } from './corp-tags-page';
