/** Where a service is on AWS, as far as its serverless.yml tells. */
export interface Deployment {
  /** The CloudFormation stack that osls makes for the stage. */
  readonly stackName: string;
  /** The AWS profile that serverless.yml names. */
  readonly profile: string | undefined;
  /** The folder of the deployment bucket that osls keeps its artifacts in, and empties. */
  readonly artifactPrefix: string;
  /** The processors that functions are built for: `arm64`, `x86_64`. */
  readonly architectures: readonly string[];
}

/** A stack as CloudFormation describes it. */
export interface Stack {
  /** `UPDATE_COMPLETE`, for example. */
  readonly status: string;
  /** Why it is in this state, where CloudFormation says so. */
  readonly reason: string | undefined;
  readonly outputs: Readonly<Record<string, string>>;
}

/** A resource of a stack. */
export interface StackResource {
  readonly logicalId: string;
  /** `AWS::Lambda::Function`, for example. */
  readonly type: string;
  /** Its name or id on AWS; empty while it has none. */
  readonly physicalId: string;
  readonly status: string;
}
