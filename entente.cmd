@node "%~dp0client\entente.mjs" %*
