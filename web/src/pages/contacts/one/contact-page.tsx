import { RecordPage } from '../../../records';

/** One person at a customer. */
export const ContactPage = () => <RecordPage of="contact" />;
