/** A web-standard fetch with time-outs and a size cap; errors are MusterErrors (`platform-unreachable`, `timeout`). */
export interface HttpClient {
  fetch(
    input: string | URL | Request,
    init?: RequestInit & { timeoutMs?: number; maxBytes?: number },
  ): Promise<Response>;
}
