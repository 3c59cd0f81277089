import { randomUUID } from 'node:crypto';
import type { Message } from '../../../message.ts';
import { lambdaRefusal } from '../../admission.ts';
import { passBody } from '../../body.ts';
import {
  failure,
  type Invocation,
  MAX_PAYLOAD_BYTES,
  MAX_STREAM_BYTES,
  type RawResult,
  reportedError,
  responseTooLarge,
} from '../invocation.ts';
import * as messages from '../messages.ts';
import type { RuntimeCall } from './call.ts';
import { attemptOf, errorType, streamedResult, streamType } from './requests.ts';
import {
  sendAccepted,
  sendAttemptEnded,
  sendEvent,
  sendForbidden,
  sendInvalidRequestId,
  sendInvalidTransition,
  sendNoSuchCall,
  sendTooLarge,
} from './responses.ts';
import { RuntimeServer } from './server.ts';

/** Receives the events of a Runtime API. */
export interface RuntimeListener {
  /** The runtime asks for an event: its init, or the previous invocation, has ended. */
  onReady(): void;
  /** The runtime gets the event now. Returns the deadline in epoch milliseconds. */
  onInFlight(invocation: Invocation): number;
  /** The runtime has posted a response or an error. */
  onResult(result: RawResult): void;
  /** The runtime has posted an init error and is about to exit. */
  onInitError(result: RawResult): void;
  /** A request was not admitted. */
  onRefused(message: Message): void;
  /** An error of this program. */
  onDefect(error: unknown): void;
}

/** The states of a runtime, named as in the messages of AWS's emulator. */
type State =
  | 'Started'
  | 'InitError'
  | 'Ready'
  | 'Running'
  | 'InvocationResponse'
  | 'InvocationErrorResponse'
  | 'RuntimeResponseSentState';

const MAY_BECOME_READY: ReadonlySet<State> = new Set<State>([
  'Started',
  'Ready',
  'RuntimeResponseSentState',
]);

const LOOPBACK = '127.0.0.1';

const PREFIX = '/2018-06-01/runtime/';

/**
 * Serves the Lambda Runtime API of one environment. Each has its own loopback port, as a runtime
 * cannot tell by a path or a header which environment it belongs to.
 *
 * Follows https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html and, where that is silent
 * (states, messages), https://github.com/aws/aws-lambda-runtime-interface-emulator.
 */
export class RuntimeApi {
  readonly #functionArn: string;
  readonly #listener: RuntimeListener;
  readonly #server = new RuntimeServer(LOOPBACK, (call) => {
    this.#route(call)?.catch((error: unknown) => this.#listener.onDefect(error));
  });
  readonly #waiting = new Set<RuntimeCall>();
  #state: State = 'Started';
  #offered: Invocation | undefined;
  /** The last invocation in flight; kept after its end to tell a wrong order from a wrong id. */
  #current: Invocation | undefined;
  /** The deadline of the current invocation, in epoch milliseconds. */
  #deadline = 0;
  /** Identifies the current attempt to handle an event. */
  #attempt = '';
  #passedOn: Promise<unknown> | undefined;

  private constructor(functionArn: string, listener: RuntimeListener) {
    this.#functionArn = functionArn;
    this.#listener = listener;
  }

  /** Starts listening. */
  static async start(functionArn: string, listener: RuntimeListener): Promise<RuntimeApi> {
    const api = new RuntimeApi(functionArn, listener);
    await api.#server.listen();
    return api;
  }

  /** The value of AWS_LAMBDA_RUNTIME_API: `127.0.0.1:port`. */
  get address(): string {
    return this.#server.address;
  }

  /** Sends the event in response to the pending or the coming `/next`. One at a time. */
  offer(invocation: Invocation): void {
    this.#offered = invocation;
    this.#deliver();
  }

  /** Resolves once every connection has ended, and so all that a dead process sent has been read. */
  drained(): Promise<void> {
    return this.#server.drained();
  }

  /** Resolves when the receiver has taken all of a streamed response. */
  async passedOn(): Promise<void> {
    await this.#passedOn;
  }

  /** Stops listening and closes every connection. */
  close(): void {
    this.#server.close();
  }

  #route(call: RuntimeCall): Promise<void> | undefined {
    const { url, method, headers } = call;
    const refusal = lambdaRefusal(headers, LOOPBACK);
    if (refusal !== undefined) {
      this.#listener.onRefused(refusal);
      sendForbidden(call, refusal);
      return;
    }
    const path = url.startsWith(PREFIX) ? url.slice(PREFIX.length) : '';
    if (path === 'invocation/next') {
      if (method === 'GET') this.#next(call);
      else sendNoSuchCall(call, 405);
      return;
    }
    const [, id, action] =
      /^(?:invocation\/([^/]+)\/(response|error)|init\/error)$/.exec(path) ?? [];
    if (id === undefined && path !== 'init/error') sendNoSuchCall(call, 404);
    else if (method !== 'POST') sendNoSuchCall(call, 405);
    else if (id === undefined) return this.#initError(call);
    else if ((attemptOf(call) ?? this.#attempt) !== this.#attempt) sendAttemptEnded(call);
    else if (id !== this.#current?.requestId) sendInvalidRequestId(call);
    else {
      const to = action === 'response' ? 'InvocationResponse' : 'InvocationErrorResponse';
      return this.#takeResult(call, to, this.#current);
    }
  }

  #next(call: RuntimeCall): void {
    if (this.#state === 'Running' && this.#current) {
      // As on AWS, a runtime that lost the connection with the event may ask again.
      this.#sendEvent(call, this.#current);
      return;
    }
    if (!MAY_BECOME_READY.has(this.#state)) {
      sendInvalidTransition(call, this.#state, 'Ready');
      return;
    }
    this.#waiting.add(call);
    call.onClose(() => this.#waiting.delete(call));
    this.#ready();
  }

  #ready(): void {
    this.#state = 'Ready';
    this.#listener.onReady();
    this.#deliver();
  }

  #deliver(): void {
    const [call] = this.#waiting;
    if (this.#state !== 'Ready' || !this.#offered || !call) return;
    this.#waiting.delete(call);
    this.#current = this.#offered;
    this.#offered = undefined;
    this.#state = 'Running';
    this.#attempt = randomUUID();
    this.#deadline = this.#listener.onInFlight(this.#current);
    this.#sendEvent(call, this.#current);
  }

  #sendEvent(call: RuntimeCall, invocation: Invocation): void {
    const functionArn = this.#functionArn;
    sendEvent(call, invocation, { deadline: this.#deadline, functionArn, attempt: this.#attempt });
  }

  async #takeResult(
    call: RuntimeCall,
    to: 'InvocationResponse' | 'InvocationErrorResponse',
    { onStream }: Invocation,
  ): Promise<void> {
    if (this.#state !== 'Running') return sendInvalidTransition(call, this.#state, to);
    this.#state = to;
    const isStreamed = call.headers['lambda-runtime-function-response-mode'] === 'streaming';
    const streamed = isStreamed ? call.incoming : undefined;
    const takes = streamed && onStream;
    const limit = takes ? MAX_STREAM_BYTES : MAX_PAYLOAD_BYTES;
    const reading =
      streamed && takes
        ? passBody(streamed, limit, (pieces) => takes(pieces, streamType(streamed)))
        : call.body(limit);
    if (takes) this.#passedOn = Promise.resolve(reading);
    const body = await reading;
    this.#state = 'RuntimeResponseSentState';
    if (body === 'aborted') {
      this.#listener.onResult(failure('Runtime.TruncatedResponse', messages.responseCutOff()));
    } else if (body === 'too-large') {
      sendTooLarge(call, limit);
      this.#listener.onResult(responseTooLarge(limit));
    } else {
      // The caller gets the result before the runtime gets its acknowledgement.
      setImmediate(sendAccepted, call);
      this.#listener.onResult(
        to === 'InvocationErrorResponse'
          ? reportedError(body, errorType(call))
          : streamed
            ? streamedResult(streamed, body)
            : { ok: true, payload: body },
      );
    }
    // A /next that already waits on another connection asks for the next invocation.
    if (this.#waiting.size > 0) this.#ready();
  }

  async #initError(call: RuntimeCall): Promise<void> {
    if (this.#state !== 'Started') {
      return sendInvalidTransition(call, this.#state, 'InitError');
    }
    this.#state = 'InitError';
    const body = await call.body(MAX_PAYLOAD_BYTES);
    sendAccepted(call);
    this.#listener.onInitError(
      typeof body === 'string'
        ? failure(
            errorType(call) ?? 'Runtime.Unknown',
            body === 'aborted' ? messages.reportAborted() : messages.reportTooLarge(),
          )
        : reportedError(body, errorType(call)),
    );
  }
}
