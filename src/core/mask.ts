/** `138****1234`: enough to recognise a number one knows, too little to call one does not (PLT-02). */
export const maskPhone = (phone: string): string =>
  phone.length < 8 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
