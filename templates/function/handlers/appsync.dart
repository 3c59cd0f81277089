  return {'field': event.info.fieldName, 'arguments': event.arguments};
