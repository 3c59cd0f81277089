import { describe, expect, it } from 'vitest';
import { profileSettings } from '../../src/aws/config-files.ts';
import { isRegion } from '../../src/service/region.ts';

const CONFIG = `
[default]
region = eu-west-1
output = json

[profile work]
# the office's account
region=ap-southeast-2 ; Sydney
s3 =
  region = not-this-one

[profile no region]
output = text
[services local]
region = us-east-2
`;

describe('profileSettings', () => {
  it.each([
    ['default', 'eu-west-1'],
    ['work', 'ap-southeast-2'],
    ['no region', undefined],
    ['unknown', undefined],
  ])('finds the region of %s', (profile, region) => {
    expect(profileSettings(CONFIG, profile)?.get('region')).toBe(region);
    expect(profileSettings(CONFIG.replaceAll('\n', '\r\n'), profile)?.get('region')).toBe(region);
  });
});

describe('isRegion', () => {
  it.each(['us-east-1', 'us-gov-west-1', 'ap-southeast-2', 'mx-central-1'])('accepts %s', (text) =>
    expect(isRegion(text)).toBe(true),
  );
  it.each(['', 'us', 'us-east', 'US-EAST-1', 'us-east-1a', "us-east-1'", 'us east 1'])(
    'refuses %j',
    (text) => expect(isRegion(text)).toBe(false),
  );
});
