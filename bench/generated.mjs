// What add-endpoint writes for a service of 31 endpoints after the shapes of real APIs (a shop, its
// payments, webhooks, a calendar). Must reach: under 1,800 lines in lib/handlers and lib/models, no two
// classes of one shape, no handler over 20 lines without the function that does the work.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { machine, runCli, temporaryFolder } from './support.mjs';

const ADDRESS =
  '{"line1": "1 Main St", "line2": null, "city": "Bonn", "zip": "53111", "country": "DE"}';
const MONEY = '{"amount": 1250, "currency": "EUR"}';
const CUSTOMER = `{"id": "cus_1", "name": "Ada", "email": "ada@example.com", "phone": null, "created_at": "2024-02-29T12:30:00Z", "address": ${ADDRESS}}`;
const ITEM = `{"sku": "a-1", "name": "Chair", "quantity": 2, "unit_price": ${MONEY}}`;
const ORDER = `{"id": "ord_1", "status": "open", "customer_id": "cus_1", "items": [${ITEM}], "shipping_address": ${ADDRESS}, "billing_address": ${ADDRESS}, "total": ${MONEY}, "placed_at": "2024-02-29T12:30:00Z", "note": null}`;
const PRODUCT = `{"sku": "a-1", "name": "Chair", "description": "Oak", "price": ${MONEY}, "tags": ["home"], "stock": 7, "rating": 4.5}`;
const PAYMENT = `{"id": "pay_1", "order_id": "ord_1", "amount": ${MONEY}, "status": "captured", "card": {"brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2030}, "created_at": "2024-02-29T12:30:00Z"}`;
const REFUND = `{"id": "re_1", "payment_id": "pay_1", "amount": ${MONEY}, "reason": "damaged", "created_at": "2024-02-29T12:30:00Z"}`;
const EVENT =
  '{"id": "evt_1", "title": "Delivery", "start": "2024-02-29T12:30:00Z", "end": "2024-02-29T13:30:00Z", "all_day": false, "attendees": [{"email": "ada@example.com", "response": "accepted"}]}';
const PUSH =
  '{"ref": "refs/heads/main", "before": "0a1", "after": "0b2", "repository": {"id": 1, "full_name": "a/b", "private": false}, "pusher": {"name": "ada", "email": "ada@example.com"}, "commits": [{"id": "0b2", "message": "Fix", "timestamp": "2024-02-29T12:30:00Z", "added": ["a.txt"], "removed": [], "modified": ["b.txt"]}]}';
const REVIEW =
  '{"id": 1, "sku": "a-1", "rating": 5, "text": "Good", "author": "Ada", "created_at": "2024-02-29T12:30:00Z"}';
const PAGE = 'limit:int?,after:string?';

/** @type {readonly (readonly [name: string, method: string, path: string, request?: string, response?: string])[]} */
const ENDPOINTS = [
  ['createCustomer', 'POST', '/customers', `Customer=${CUSTOMER}`, 'Customer'],
  ['getCustomer', 'GET', '/customers/{id}', '', 'Customer'],
  ['listCustomers', 'GET', '/customers', PAGE, 'Customer[]'],
  ['updateCustomer', 'PUT', '/customers/{id}', 'Customer', 'Customer'],
  ['deleteCustomer', 'DELETE', '/customers/{id}'],
  ['createOrder', 'POST', '/orders', `Order=${ORDER}`, 'Order'],
  ['getOrder', 'GET', '/orders/{id}', '', 'Order'],
  ['listOrders', 'GET', '/orders', `status:string?,${PAGE}`, 'Order[]'],
  ['replaceOrder', 'PUT', '/orders/{id}', 'Order', 'Order'],
  ['cancelOrder', 'POST', '/orders/{id}/cancel', 'reason:string', 'Order'],
  ['listOrdersOfCustomer', 'GET', '/customers/{id}/orders', '', 'Order[]'],
  ['createProduct', 'POST', '/products', `Product=${PRODUCT}`, 'Product'],
  ['getProduct', 'GET', '/products/{sku}', '', 'Product'],
  ['searchProducts', 'GET', '/products', `q:string?,${PAGE}`, 'Product[]'],
  ['updateProduct', 'PUT', '/products/{sku}', 'Product', 'Product'],
  ['deleteProduct', 'DELETE', '/products/{sku}'],
  ['createReview', 'POST', '/products/{sku}/reviews', `Review=${REVIEW}`, 'Review'],
  ['listReviews', 'GET', '/products/{sku}/reviews', PAGE, 'Review[]'],
  ['deleteReview', 'DELETE', '/reviews/{id:int}'],
  [
    'createPayment',
    'POST',
    '/orders/{id}/payments',
    'token:string,capture:bool',
    `Payment=${PAYMENT}`,
  ],
  ['getPayment', 'GET', '/payments/{id}', '', 'Payment'],
  ['listPayments', 'GET', '/payments', `from:date?,to:date?,${PAGE}`, 'Payment[]'],
  ['capturePayment', 'POST', '/payments/{id}/capture', '', 'Payment'],
  [
    'createRefund',
    'POST',
    '/payments/{id}/refunds',
    `{"amount": ${MONEY}, "reason": "damaged"}`,
    `Refund=${REFUND}`,
  ],
  ['getRefund', 'GET', '/refunds/{id}', '', 'Refund'],
  ['createEvent', 'POST', '/events', `CalendarEvent=${EVENT}`, 'CalendarEvent'],
  ['getEvent', 'GET', '/events/{id}', '', 'CalendarEvent'],
  ['listEvents', 'GET', '/events', 'from:datetime,to:datetime', 'CalendarEvent[]'],
  ['deleteEvent', 'DELETE', '/events/{id}'],
  ['takePush', 'POST', '/webhooks/push', PUSH, '{"accepted": true}'],
  ['getStatus', 'GET', '/status', '', '{"status": "up", "version": "1.2.3", "uptime": 12.5}'],
];

const { folder, remove } = temporaryFolder();
const service = join(folder, 'shop');
runCli(folder, ['shop', '--yes', '--no-git']);
const before = measure();
for (const [name, method, path, request, response] of ENDPOINTS) {
  const samples = [
    ...(request ? ['--request', request] : []),
    ...(response ? ['--response', response] : []),
  ];
  runCli(service, ['add-endpoint', name, '--method', method, '--path', path, '--yes', ...samples]);
}
const after = measure();
remove();

const lines = after.lines - before.lines;
console.log(`${machine()}; ${ENDPOINTS.length} endpoints`);
console.log(`lines in lib/handlers and lib/models: ${lines} (must be under 1,800)`);
console.log(
  `classes: ${after.classes - before.classes}, of them of one shape with another: ${after.same}`,
);
console.log(`the longest handler without its work: ${after.longest} lines (must be at most 20)`);
process.exitCode = lines < 1800 && after.same === 0 && after.longest <= 20 ? 0 : 1;

function measure() {
  const files = ['lib/handlers', 'lib/models'].flatMap((part) =>
    readdirSync(join(service, part)).map((name) => readFileSync(join(service, part, name), 'utf8')),
  );
  const bodies = files.flatMap((code) =>
    [...code.matchAll(/^class (\w+)[\s\S]*?^}/gm)].map(([text, name = '']) => {
      const reads = [...text.matchAll(/json\s*\.\w+\([^;]*?'(?:[^'\\]|\\.)*'/g)].map(
        ([read]) => read,
      );
      return reads.sort().join().replaceAll(name, '');
    }),
  );
  const handlers = files.flatMap((code) =>
    [...code.matchAll(/^Future<AwsApiGatewayResponse> [\s\S]*?^}/gm)].map(
      ([text]) => text.split('\n').length,
    ),
  );
  return {
    lines: files.reduce((sum, code) => sum + code.trimEnd().split('\n').length, 0),
    classes: bodies.length,
    same: bodies.length - new Set(bodies).size,
    longest: Math.max(...handlers),
  };
}
