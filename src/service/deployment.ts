/** Says where a service is on AWS, as far as its serverless.yml determines it. */
export interface Deployment {
  /** The CloudFormation stack that osls creates for the stage. */
  readonly stackName: string;
  /** The AWS profile that serverless.yml names. */
  readonly profile: string | undefined;
  /** The prefix in the deployment bucket below which osls keeps, and deletes, its artifacts. */
  readonly artifactPrefix: string;
  /** The architectures that the functions are built for: `arm64`, `x86_64`. */
  readonly architectures: readonly string[];
}

/** Describes a stack as CloudFormation reports it. */
export interface Stack {
  /** For example `UPDATE_COMPLETE`. */
  readonly status: string;
  /** The reason for this status, if CloudFormation gives one. */
  readonly reason: string | undefined;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Describes one resource of a stack. */
export interface StackResource {
  readonly logicalId: string;
  /** For example `AWS::Lambda::Function`. */
  readonly type: string;
  /** The resource's name or ID on AWS; empty before it has one. */
  readonly physicalId: string;
  readonly status: string;
}

/** Returns the name that osls gives a function on AWS, unless it has a `name`. */
export const nameOnAws = (
  { name, stage }: { readonly name: string; readonly stage: string },
  key: string,
): string => `${name}-${stage}-${key}`;
