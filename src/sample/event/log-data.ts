import { gunzipSync, gzipSync } from 'node:zlib';
import { recordOf } from '../../util/json.ts';

type Json = Record<string, unknown>;

/** Changes the data in an event of CloudWatch Logs, which is zipped and in base64. */
export function withLogData(event: Json, change: (data: Json) => Json): Json {
  const zipped = Buffer.from(String(recordOf(event.awslogs).data), 'base64');
  const data = gzipSync(JSON.stringify(change(JSON.parse(gunzipSync(zipped).toString()))));
  return { ...event, awslogs: { data: data.toString('base64') } };
}
