/* A self-signed certificate of 127.0.0.1 and its key, which is no secret: nobody trusts
 * it. */
#pragma once

/* clang-format off */
#define FDSN_STUB_CERTIFICATE \
  "-----BEGIN PRIVATE KEY-----\n" \
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgsZf6gW0YZEkec5Tv\n" \
  "IOwxD5eDHVt6SNvJP/jZsYZydXehRANCAATyxpb/ORhT/pewNpmbTY+yrcyueFRv\n" \
  "xTDHASVXXswPk39DW7msYS9xNlmXsAwr6PiHOjMvjEpeZqI+lzcvYjpP\n" \
  "-----END PRIVATE KEY-----\n" \
  "-----BEGIN CERTIFICATE-----\n" \
  "MIIBjzCCATagAwIBAgIURawxClF9aKjquutLhM5KBSAQ1JcwCgYIKoZIzj0EAwIw\n" \
  "FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyMzA1NDIwNFoYDzIxMDAxMDI2\n" \
  "MDU0MjA0WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO\n" \
  "PQMBBwNCAATyxpb/ORhT/pewNpmbTY+yrcyueFRvxTDHASVXXswPk39DW7msYS9x\n" \
  "NlmXsAwr6PiHOjMvjEpeZqI+lzcvYjpPo2QwYjAdBgNVHQ4EFgQUU/ZhcHZ4CjWe\n" \
  "K6BSBqwxrLOv5w0wHwYDVR0jBBgwFoAUU/ZhcHZ4CjWeK6BSBqwxrLOv5w0wDwYD\n" \
  "VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0cAMEQC\n" \
  "IHU9uDaKOZUlKYYNxRxd+MdZ/VO8WewS+tK4k+Lzam2eAiAM5CbS5qW34GCmcA7U\n" \
  "Gjpn4NDvuygMoFNRdaWFybPGrw==\n" \
  "-----END CERTIFICATE-----\n"
/* clang-format on */
