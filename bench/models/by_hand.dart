import 'dart:convert';

/// The model of the bench, as one writes it by hand, without checks.
class Orders {
  const Orders({required this.orders});

  factory Orders.fromJson(Map<String, dynamic> json) => Orders(
    orders: [
      for (final order in json['orders'] as List<dynamic>)
        Order.fromJson(order as Map<String, dynamic>),
    ],
  );

  final List<Order> orders;

  Map<String, dynamic> toJson() => {
    'orders': [for (final order in orders) order.toJson()],
  };
}

Orders ordersFromJson(String text) =>
    Orders.fromJson(json.decode(text) as Map<String, dynamic>);

String ordersToJson(Orders orders) => json.encode(orders.toJson());

class Order {
  const Order({
    required this.id,
    required this.placedAt,
    required this.due,
    required this.paid,
    required this.note,
    required this.customer,
    required this.items,
    required this.tags,
    required this.rates,
  });

  factory Order.fromJson(Map<String, dynamic> json) => Order(
    id: json['id'] as int,
    placedAt: DateTime.parse(json['placed_at'] as String),
    due: DateTime.parse(json['due'] as String),
    paid: json['paid'] as bool,
    note: json['note'] as String?,
    customer: Customer.fromJson(json['customer'] as Map<String, dynamic>),
    items: [
      for (final item in json['items'] as List<dynamic>)
        Item.fromJson(item as Map<String, dynamic>),
    ],
    tags: (json['tags'] as List<dynamic>).cast<String>().toList(),
    rates: {
      for (final MapEntry(:key, :value)
          in (json['rates'] as Map<String, dynamic>).entries)
        key: (value as num).toDouble(),
    },
  );

  final int id;
  final DateTime placedAt;
  final DateTime due;
  final bool paid;
  final String? note;
  final Customer customer;
  final List<Item> items;
  final List<String> tags;
  final Map<String, double> rates;

  Map<String, dynamic> toJson() => {
    'id': id,
    'placed_at': placedAt.toUtc().toIso8601String(),
    'due': due.toIso8601String().substring(0, 10),
    'paid': paid,
    'note': note,
    'customer': customer.toJson(),
    'items': [for (final item in items) item.toJson()],
    'tags': tags,
    'rates': rates,
  };
}

class Customer {
  const Customer({required this.name, required this.city, required this.zip});

  factory Customer.fromJson(Map<String, dynamic> json) => Customer(
    name: json['name'] as String,
    city: json['city'] as String,
    zip: json['zip'] as String?,
  );

  final String name;
  final String city;
  final String? zip;

  Map<String, dynamic> toJson() => {'name': name, 'city': city, 'zip': zip};
}

class Item {
  const Item({required this.sku, required this.count, required this.price});

  factory Item.fromJson(Map<String, dynamic> json) => Item(
    sku: json['sku'] as String,
    count: json['count'] as int,
    price: (json['price'] as num).toDouble(),
  );

  final String sku;
  final int count;
  final double price;

  Map<String, dynamic> toJson() => {'sku': sku, 'count': count, 'price': price};
}
