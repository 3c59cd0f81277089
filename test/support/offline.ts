/** For `doctor`: a proxy that nothing listens as, so that no test asks a host outside. */
export const OFFLINE = { HTTPS_PROXY: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' };
