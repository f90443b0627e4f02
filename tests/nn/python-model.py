#!/usr/bin/env python3
"""The autoencoder as a PyTorch user has it, beside files of the C engine.

usage: python-model.py FOLDER CASE...

A CASE is ARCHITECTURE,DECODER_INPUT,LAYERS. For each, with FOLDER/signals.safetensors:
  FOLDER/CASE.ours.safetensors    (read) a file of the engine
  FOLDER/CASE.theirs.safetensors  (written) state_dict () of a random model
and beside either, as .answer.safetensors, what the model makes of the signals. The
exit status is 77 without PyTorch or NumPy.
"""
import json
import struct
import sys

try:
    import numpy
    import torch
    from torch import nn
except ImportError:
    sys.exit(77)

CHANNELS, WIDTHS, HIDDEN = 3, (5, 6, 7), 8
TYPES = {'F32': 'float32', 'F64': 'float64', 'I64': 'int64'}


def load_file(path):
    """As safetensors.torch.load_file."""
    with open(path, 'rb') as file:
        header = json.loads(file.read(struct.unpack('<Q', file.read(8))[0]))
        data = file.read()
    header.pop('__metadata__', None)
    return {name: torch.tensor(numpy.frombuffer(data[slice(*t['data_offsets'])],
                                                TYPES[t['dtype']]).reshape(t['shape']))
            for name, t in header.items()}


def save_file(tensors, path, metadata=None):
    """As safetensors.torch.save_file."""
    header, data = {'__metadata__': metadata or {}}, b''
    for name, tensor in tensors.items():
        array = tensor.detach().contiguous().numpy()
        raw = array.tobytes()
        dtype = next(key for key, value in TYPES.items() if value == array.dtype)
        header[name] = {'dtype': dtype, 'shape': list(tensor.shape),
                        'data_offsets': [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    with open(path, 'wb') as file:
        file.write(struct.pack('<Q', len(text)) + text + data)


def conv(n_in, n_out):
    return nn.Conv1d(n_in, n_out, 3, padding=1)


def convolutions(architecture, widths, encodes):
    layers = []
    for i, (n_in, n_out) in enumerate(zip(widths, widths[1:])):
        if architecture == 'pooled':
            layers += [] if encodes else [nn.Upsample(scale_factor=2)]
            layers += [conv(n_in, n_out), nn.BatchNorm1d(n_out), nn.ReLU(), nn.Dropout(),
                       conv(n_out, n_out), nn.BatchNorm1d(n_out)]
            layers += [nn.MaxPool1d(2)] if encodes else []
            continue
        layers.append(conv(n_in, n_out))
        if i < 2:
            layers += [nn.BatchNorm1d(n_out)] if architecture == 'batchnorm' else []
            layers.append(nn.ReLU())
            layers += [nn.Dropout()] if architecture == 'batchnorm' else []
    return nn.Sequential(*layers)


class Encoder(nn.Module):
    def __init__(self, architecture, n_layers):
        super().__init__()
        self.conv_enc = convolutions(architecture, (CHANNELS, *WIDTHS), True)
        self.lstm_enc = nn.LSTM(WIDTHS[-1], HIDDEN, n_layers, batch_first=True)

    def forward(self, x):
        return self.lstm_enc(self.conv_enc(x).transpose(1, 2))


class Decoder(nn.Module):
    def __init__(self, architecture, n_layers):
        super().__init__()
        self.lstm_dec = nn.LSTM(HIDDEN, HIDDEN, n_layers, batch_first=True)
        self.linear_dec = nn.Linear(HIDDEN, WIDTHS[-1])
        self.conv_dec = convolutions(architecture, (*WIDTHS[::-1], CHANNELS), False)

    def forward(self, sequence, state):
        hidden, _ = self.lstm_dec(sequence, state)
        return self.conv_dec(self.linear_dec(hidden).transpose(1, 2))


class Autoencoder(nn.Module):
    def __init__(self, architecture, decoder_input, n_layers):
        super().__init__()
        self.encoder = Encoder(architecture, n_layers)
        self.decoder = Decoder(architecture, n_layers)
        self.decoder_input = decoder_input

    def forward(self, x):
        """x (B, C, T) -> reconstruction (B, C, T), embedding (B, layers x hidden)"""
        sequence, (hidden, cell) = self.encoder(x)
        if self.decoder_input == 'embedding':
            sequence = hidden[-1][:, None].expand_as(sequence).contiguous()
            cell = torch.zeros_like(cell)
        return self.decoder(sequence, (hidden, cell)), hidden.transpose(0, 1).flatten(1)


def answer(model, signals, path):
    model.eval()
    answers = {}
    with torch.no_grad():
        for i in range(len(signals)):
            reconstruction, embedding = model(signals[f'signal.{i}'].T[None])
            answers[f'reconstruction.{i}'] = reconstruction[0].T
            answers[f'embedding.{i}'] = embedding[0]
    save_file(answers, path)


def main(folder, cases):
    torch.manual_seed(1)
    torch.set_num_threads(1)
    signals = load_file(f'{folder}/signals.safetensors')
    for case in cases:
        architecture, decoder_input, n_layers = case.split(',')
        model = Autoencoder(architecture, decoder_input, int(n_layers))

        model.train()
        model(torch.randn(2, CHANNELS, 40))  # running statistics of its own
        save_file(model.state_dict(), f'{folder}/{case}.theirs.safetensors',
                  {'nn.decoder_input': decoder_input})
        answer(model, signals, f'{folder}/{case}.theirs.answer.safetensors')

        ours = load_file(f'{folder}/{case}.ours.safetensors')
        model.load_state_dict({name: tensor for name, tensor in ours.items()
                               if name.startswith(('encoder.', 'decoder.'))})
        answer(model, signals, f'{folder}/{case}.ours.answer.safetensors')


main(sys.argv[1], sys.argv[2:])
