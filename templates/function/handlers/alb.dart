  return AwsAlbResponse.json(event, {'path': event.path});
