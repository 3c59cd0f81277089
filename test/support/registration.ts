/** A registration as add-endpoint makes it in lib/main.dart. */
export const registration = {
  name: 'main.getOrder',
  handler: 'getOrderApiGateway',
  library: 'handlers/get_order.dart',
  package: 'shop',
};

/** What takes it out again. */
export const removal = {
  name: registration.name,
  declaring: [{ path: `lib/${registration.library}`, names: [registration.handler] }],
  package: registration.package,
};
