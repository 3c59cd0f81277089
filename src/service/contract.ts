/** Describes the API of a service as a client sees it: its endpoints, and the types of their data. */

import type { HttpEvent } from './service.ts';

/** The type of a JSON value. */
export type ValueType =
  | { readonly kind: ScalarKind }
  | { readonly kind: 'enum' | 'model'; readonly name: string }
  | { readonly kind: 'list' | 'map'; readonly of: ValueType; readonly nullable: boolean };

/** `decimal` is a text such as `12.50`; `any` is what no more is known of. */
export type ScalarKind =
  | 'string'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'date'
  | 'dateTime'
  | 'decimal'
  | 'any';

/** A value that may be null. */
export interface Value {
  readonly type: ValueType;
  readonly nullable: boolean;
}

/** A parameter of the path or of the query. One that may be null may be left out. */
export interface Parameter extends Value {
  readonly name: string;
  /** The only texts that are valid, of it or of the items of its list; any where it is absent. */
  readonly oneOf?: readonly string[];
}

/** A field of a model. */
export interface ContractField extends Value {
  /** In JSON. */
  readonly jsonName: string;
  /** In Dart. */
  readonly name: string;
  /** Whether it may be missing. */
  readonly optional: boolean;
}

/** A class of lib/models/. */
export interface ContractModel {
  readonly kind: 'model';
  readonly name: string;
  /** The file that declares it: `lib/models/order.dart`. */
  readonly file: string;
  /** Its doc comment; empty if it has none. */
  readonly about: string;
  readonly fields: readonly ContractField[];
}

/** A type of lib/models/ that is one of some texts. */
export interface ContractEnum {
  readonly kind: 'enum';
  readonly name: string;
  readonly file: string;
  readonly values: readonly string[];
  /** Whether another text is kept as it is, not refused. */
  readonly open: boolean;
}

/** A body, or why its type is not known. */
export interface ContractBody extends Value {
  /** The function of lib/models/ that decodes its text, where it has one: `orderFromJson`. */
  readonly reader?: string;
  /** A sample, as JSON. */
  readonly example?: string;
}

/** A route of an API, and the data of its requests and responses. */
export interface ContractEndpoint {
  /** The key of its function, with a number from the second route on: `getOrder`, `getOrder2`. */
  readonly name: string;
  readonly function: string;
  readonly api: HttpEvent['api'];
  /** `ANY` for all. */
  readonly method: string;
  /** As in serverless.yml: `/orders/{id}/{rest+}`. */
  readonly path: string;
  /** The doc comment of its handler, without the route; empty if it has none. */
  readonly about: string;
  /** In the order of the path. */
  readonly parameters: readonly Parameter[];
  readonly query: readonly Parameter[];
  /** Undefined where the handler reads none. */
  readonly request?: ContractBody;
  readonly response: ContractBody;
  /** The status of the response: 200, mostly. */
  readonly status: number;
  /** Whether the handler refuses invalid data with a 400. */
  readonly refuses: boolean;
  /** The file of the handler; undefined where none was found, and nothing of its data is known. */
  readonly file?: string;
  /** The authorizer of the route, by its name in {@link Contract.authorizers}. */
  readonly authorizer?: string;
  /** Whether the API asks for a key in `x-api-key`. */
  readonly needsApiKey?: boolean;
}

/** What decides who may call a route. */
export interface ContractAuthorizer {
  readonly name: string;
  /**
   * `token`: a function that gets the value of one header; `request`: a function that gets the
   * request; `jwt`: API Gateway, by a JSON Web Token; `iam`: AWS, by a signature.
   */
  readonly kind: 'token' | 'request' | 'jwt' | 'iam';
  /** What a caller must send, if it is known: headers, or parameters of the query. */
  readonly sources: readonly { readonly in: 'header' | 'query'; readonly name: string }[];
  /** Who issues the token, if serverless.yml says so. */
  readonly issuer?: string;
}

/** The API of a service. */
export interface Contract {
  readonly service: string;
  readonly package: string;
  readonly endpoints: readonly ContractEndpoint[];
  /** Those of the endpoints, by name. */
  readonly authorizers: ReadonlyMap<string, ContractAuthorizer>;
  /** What the endpoints use, by name. */
  readonly types: ReadonlyMap<string, ContractModel | ContractEnum>;
}
