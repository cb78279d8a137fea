import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/domain/errors.ts';
import { ApiParameterError } from '../../../src/reporting/errors.ts';
import { parseBaseUrl, pathSegment, resourceUrl } from '../../../src/reporting/origin.ts';

describe('the base URL', () => {
  it('is an origin and a path prefix', () => {
    expect(parseBaseUrl('https://api.atlassian.com/marketplace/')).toEqual({
      origin: 'https://api.atlassian.com',
      prefix: '/marketplace',
    });
  });

  it.each(['http://127.0.0.1:8080', 'http://localhost:3', 'http://[::1]:9/x', 'https://proxy.example'])(
    'may be %s',
    (url) => {
      expect(parseBaseUrl(url).origin).toBe(new URL(url).origin);
    },
  );

  it.each([
    'http://api.atlassian.com/marketplace',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://169.254.169.254',
    'ftp://127.0.0.1',
    'https://user:pass@api.atlassian.com',
    'https://api.atlassian.com/marketplace?x=1',
    'https://api.atlassian.com/#x',
    'api.atlassian.com',
    '',
  ])('may not be %j', (url) => {
    expect(() => parseBaseUrl(url)).toThrow(ConfigurationError);
  });
});

describe('a resource URL', () => {
  const api = parseBaseUrl('https://api.atlassian.com/marketplace');

  it('is built below the developer space', () => {
    const url = resourceUrl(
      api,
      'reporting/developer-space/{developerId}/sales/transactions',
      { developerId: 'ab-1' },
      new URLSearchParams([
        ['a', '1'],
        ['a', '2 3'],
      ]),
    );
    expect(url.href).toBe(
      'https://api.atlassian.com/marketplace/rest/3/reporting/developer-space/ab-1/sales/transactions?a=1&a=2+3',
    );
  });

  it.each([
    '../../x',
    'a/b',
    'a\\b',
    'a?b',
    'a#b',
    '%2e%2e',
    'x@evil.example',
    '//evil.example',
    'https://evil',
  ])('keeps %j inside its place', (id) => {
    const url = resourceUrl(
      api,
      'reporting/developer-space/{developerId}/licenses/async/export/{exportId}',
      { developerId: id, exportId: id },
      new URLSearchParams(),
    );
    expect(url.origin).toBe('https://api.atlassian.com');
    expect(url.pathname.split('/')).toHaveLength(11);
  });

  it.each(['', ' ', '.', '..', '\ud800', 'x'.repeat(201)])('refuses %j as an id', (id) => {
    expect(() => pathSegment(id, 'export id')).toThrow(ApiParameterError);
  });

  it('refuses a template that climbs out of the API, and a name that nobody fills', () => {
    expect(() => resourceUrl(api, '../../evil', {}, new URLSearchParams())).toThrow(ApiParameterError);
    expect(() => resourceUrl(api, 'products/{productId}', {}, new URLSearchParams())).toThrow(
      'The productId is no usable id.',
    );
  });
});
