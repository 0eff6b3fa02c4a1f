/** An error that ends a request with `status`; without a message, handlers show the status's own text. */
export class HttpError extends Error {
  override name = "HttpError";
  /** The HTTP status code, 400 to 599. */
  status: number;

  constructor(status: number, message?: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}
