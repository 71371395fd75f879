export { signInLoader as loader } from './sign-in-loader';
export { SignInPage as Component } from './sign-in-page';
