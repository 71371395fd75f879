/** A blob that cannot be read: it is not there, or it is not what was written. */
export class BlobFault extends Error {
  constructor(
    readonly reason: 'missing' | 'changed',
    readonly id: string,
  ) {
    super(`blob ${id} is ${reason}`);
    this.name = 'BlobFault';
  }
}
