/// A minimal stand-in for package:shelf. A name that it lacks is a compile
/// error, so an app that works here works there. What it does not do: sockets
/// (`shelf_io`, hijacking), `addChunkedEncoding`, `Server`, and the dates of
/// headers.
library;

export 'src/composition.dart';
export 'src/logger.dart';
export 'src/messages.dart';
