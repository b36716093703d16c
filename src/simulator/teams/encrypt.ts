import {
  constants,
  createCipheriv,
  createHmac,
  type KeyObject,
  publicEncrypt,
  randomBytes,
  X509Certificate,
} from 'node:crypto';

/** `encryptedContent` of a notification (learn.microsoft.com/graph/change-notifications-with-resource-data). */
export interface EncryptedContent {
  readonly data: string;
  readonly dataSignature: string;
  readonly dataKey: string;
  readonly encryptionCertificateId: string;
  readonly encryptionCertificateThumbprint: string;
}

/** The public key of a base64 X.509 certificate; null when it is none, or not RSA of 2,048 to 4,096 bits. */
export function certificateOf(base64: string): { key: KeyObject; thumbprint: string } | null {
  try {
    const certificate = new X509Certificate(Buffer.from(base64, 'base64'));
    const { publicKey } = certificate;
    const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
    if (publicKey.asymmetricKeyType !== 'rsa' || bits < 2048 || bits > 4096) return null;
    return { key: publicKey, thumbprint: certificate.fingerprint.replaceAll(':', '') };
  } catch {
    return null;
  }
}

/** Encrypts as Graph does: a fresh AES-256 key in CBC, its first 16 bytes as vector, signed by HMAC-SHA256, the key by RSA-OAEP (SHA-1). */
export function encryptContent(
  value: unknown,
  certificate: { key: KeyObject; thumbprint: string },
  id: string,
): EncryptedContent {
  const key = randomBytes(32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16));
  const data = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  const dataKey = publicEncrypt(
    { key: certificate.key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    key,
  );
  return {
    data: data.toString('base64'),
    dataSignature: createHmac('sha256', key).update(data).digest('base64'),
    dataKey: dataKey.toString('base64'),
    encryptionCertificateId: id,
    encryptionCertificateThumbprint: certificate.thumbprint,
  };
}
