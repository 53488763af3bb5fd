"""Papers for the tests, drawn by code: a back of a card with a machine readable zone, on a desk, well or badly photographed.

Nobody's: the numbers are made up, their check digits are right. Only Latin signs, which Pillow's own font has everywhere.
"""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

ZONE = ("IDKAZ0000925255860510497139<<<", "8605102F3010035KAZ<<<<<<<<<<<7", "ABDIRAKHMANOVA<<KARLYGASH<<<<<")
SIZE = (1012, 638)


def back(zone: tuple[str, ...] = ZONE) -> Image.Image:
    """The back of a card, flat."""
    card = Image.new("RGB", SIZE, (228, 240, 234))
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 410, *SIZE), fill=(250, 250, 250))
    for at, text in enumerate(("SPECIMEN 000092525", "ALMATY", "03.10.2020 - 03.10.2030")):
        draw.text((60, 40 + at * 90), text, font=ImageFont.load_default(40), fill=(20, 20, 20))
    font = ImageFont.load_default(42)
    for row, line in enumerate(zone):
        for column, sign in enumerate(line):
            draw.text((48 + column * 31, 440 + row * 62), sign, font=font, fill=(10, 10, 10))
    return card


def on_a_desk(card: Image.Image, *, width: int = 980, at: tuple[int, int] = (150, 170), seed: int = 7) -> Image.Image:
    """A photo from above, the card slightly turned on brown wood."""
    dice = np.random.default_rng(seed)
    wood = np.array((125, 86, 58)) + dice.normal(0, 14, (120, 160, 1))
    photo = Image.fromarray(np.clip(wood, 0, 255).astype(np.uint8)).resize((1280, 960), Image.Resampling.BICUBIC)
    small = card.resize((width, width * card.height // card.width), Image.Resampling.LANCZOS).convert("RGBA")
    turned = small.rotate(3, Image.Resampling.BICUBIC, expand=True)
    photo.paste(turned, at, turned)
    return photo


def blurred(photo: Image.Image) -> Image.Image:
    return photo.filter(ImageFilter.GaussianBlur(7))


def shaken(photo: Image.Image) -> Image.Image:
    array = np.asarray(photo, np.float32)
    return Image.fromarray(np.mean([np.roll(array, step, axis=1) for step in range(24)], axis=0).astype(np.uint8))


def darkened(photo: Image.Image) -> Image.Image:
    return photo.point(lambda value: int(value * 0.1))


def overexposed(photo: Image.Image) -> Image.Image:
    return photo.point(lambda value: min(255, int(value * 0.35 + 200)))


def under_a_lamp(photo: Image.Image) -> Image.Image:
    """Glare over the zone."""
    spot = Image.new("L", photo.size, 0)
    ImageDraw.Draw(spot).ellipse((380, 500, 900, 860), fill=255)
    return Image.composite(Image.new("RGB", photo.size, "white"), photo, spot.filter(ImageFilter.GaussianBlur(25)))


def under_a_finger(photo: Image.Image) -> Image.Image:
    held = photo.copy()
    ImageDraw.Draw(held).rounded_rectangle((560, 560, 780, 960), 100, fill=(205, 160, 135))
    return held


def jpeg(picture: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88, **options)
    return out.getvalue()


def png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
